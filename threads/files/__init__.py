"""What readers share: files opened, unpacked, decoded and bounded, and typed values out of them."""
