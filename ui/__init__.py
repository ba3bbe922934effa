"""The pages people see. They talk to the running API through its typed client and to nothing else."""
