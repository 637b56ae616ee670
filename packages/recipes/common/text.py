"""How a question to the model is laid out: one format for training, evaluation and chat."""

END = "<|end|>"
PAD = "<|pad|>"
START = "<|start|>"
ANSWER = "\nAnswer:"

# A chat message is laid out as an evaluation item is, so that a served model is asked what it was trained on.
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'assistant' %}{{ ' ' + message['content'] + '" + END + "' }}"
    "{% else %}{{ message['content'] }}{% if message['role'] == 'user' %}{{ '\\nAnswer:' }}{% else %}{{ '\\n' }}{% endif %}{% endif %}"
    "{% endfor %}"
)

SUMMARY_REQUEST = "Summarise the stay for the patient."


def asked(prompt: str, question: str) -> str:
    return f"{prompt}\nQuestion: {question}{ANSWER}"
