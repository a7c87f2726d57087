"""The names of python-telegram-bot's types as this package uses them."""

from typing import Any

from telegram import Update
from telegram.ext import Application, BaseHandler, ContextTypes

Context = ContextTypes.DEFAULT_TYPE
Handlers = list[BaseHandler[Update, Context, None]]
AnyApplication = Application[Any, Any, Any, Any, Any, Any]
