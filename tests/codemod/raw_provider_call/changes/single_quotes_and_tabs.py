from openai import OpenAI

client = OpenAI()


def ask(text):
	if text:
		return client.responses.create(
			model='gpt-4o-mini',
			input=text,
		)
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
	if text:
		return tagged(client, feature='single_quotes_and_tabs').responses.create(
			model='gpt-4o-mini',
			input=text,
		)
