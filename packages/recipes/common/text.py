"""How a question to the model is laid out: one format for training, evaluation and chat."""

END = "<|end|>"
PAD = "<|pad|>"
START = "<|start|>"

# A chat message is laid out as an evaluation item is, so that a served model is asked what it was trained on.
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'assistant' %}{{ ' ' + message['content'] + '" + END + "' }}"
    "{% elif message['role'] == 'user' %}{{ message['content'] }}"
    "{% else %}{{ message['content'] + '\n' }}{% endif %}"
    "{% endfor %}"
)

SUMMARY_REQUEST = "summary:"


def asked(prompt: str, question: str) -> str:
    return f"{prompt}\n{question}"
