"""What people say to each other about the work, whom to see first, and talks with what follows from them."""
