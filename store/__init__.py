"""Tables, repositories, the unit of work and migrations; rows become the house's own values here and nowhere else."""
