"""Pages of the hub: `sayings` to whoever answers, `posts` among colleagues, `announcements`, `pulses`, `finding`."""
