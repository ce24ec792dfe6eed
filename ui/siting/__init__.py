"""选址: where new sites would serve a region best, what each adds, and how good the plan is."""
