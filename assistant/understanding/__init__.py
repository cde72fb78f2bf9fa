"""What a question of a conversation asks for, made to stand alone without a language model."""
