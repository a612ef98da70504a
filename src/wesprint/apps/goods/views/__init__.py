"""The pages of this room. A view reads, calls one service and shows; it holds no rule."""
