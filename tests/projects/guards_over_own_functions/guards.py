import guardrails
import litellm
import openai

guard = guardrails.Guard.from_rail_string("<rail/>")
client = openai.OpenAI()


class Extraction:
    def ask(self, prompt, **settings):
        return client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])  # finds: CMK101

    def by_a_function_of_its_own(self, text):
        def complete(prompt, instructions):
            return self.ask(f"{instructions}: {prompt}")

        return guard(complete, prompt_params={"text": text})  # ok: CMK103

    def by_a_method(self, text):
        return guard(llm_api=self.ask, prompt_params={"text": text})  # ok: CMK103

    def by_a_lambda(self, text):
        return guardrails.Guard.from_rail_string(text)(lambda prompt: self.ask(prompt))  # ok: CMK103


def by_the_name_of_a_model(messages):
    return guard(model="gpt-4o", messages=messages)  # finds: CMK103


def by_what_a_provider_gives(messages):
    return guard(litellm.completion, model="gpt-4o", messages=messages)  # finds: CMK103


def by_what_the_caller_hands(function, messages):
    return guard(function, messages=messages)  # finds: CMK103
