"""What each room has to say on a first page: functions of actor and moment that give an item or nothing.

However many rows there are, each asks the same few queries.
"""
