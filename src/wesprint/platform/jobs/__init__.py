"""Work that goes on behind the pages: the queue, the schedule, the reaper."""
