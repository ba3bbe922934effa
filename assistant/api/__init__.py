"""The HTTP interface: thin routes over the service, one error shape, and the typed client that talks to them."""
