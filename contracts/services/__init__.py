"""One function for each decision of the routine. Pages, tasks and imports share them; the steps keep the door."""
