"""The corpus for other AI clients (模型上下文协议): tools over the Model Context Protocol."""
