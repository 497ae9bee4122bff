"""The arithmetic and the rules of coaching: functions of plain values."""
