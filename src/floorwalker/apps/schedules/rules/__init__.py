"""The arithmetic and the rules of schedules: functions of plain values."""
