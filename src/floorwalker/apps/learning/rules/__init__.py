"""The rules of learning: functions of plain values."""
