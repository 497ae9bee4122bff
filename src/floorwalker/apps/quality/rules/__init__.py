"""The arithmetic and the rules of quality: functions of plain values."""
