"""How many people each interval needs and why, which days are at risk, and what an hour off the phones costs."""
