"""The command line (命令行): thin commands over the service, through the running server where there is one."""
