"""The hub: what people say to whoever answers, what colleagues write to each other, announcements, pulses."""
