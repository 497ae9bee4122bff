"""Volume and handling time ahead, with honest width."""
