"""What the support desk keeps of a conversation."""

from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

from cost_lib import tagged

prompt = ChatPromptTemplate.from_template("Summarise this conversation for the ticket, in three bullets:\n{conversation}")
chain = prompt | ChatOpenAI(model="gpt-4o-mini", temperature=0) | StrOutputParser()


def summarise(conversation: list[str]) -> str:
    return tagged(chain, feature="ticket_summary").invoke({"conversation": "\n".join(conversation)})
