"""The arithmetic and the rules of goals: functions of plain values."""
