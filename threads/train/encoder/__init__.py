"""Fine-tuning of the embedded encoder."""
