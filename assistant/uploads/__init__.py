"""Uploads and the care of the corpus (上传与资料管理): files are checked, confirmed and stored while answers go on."""
