"""Pictures of pages (页面图像): where a provision stands in the original PDF."""
