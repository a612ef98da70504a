"""Events for higher rooms, written in the transaction of the change and handled after it."""
