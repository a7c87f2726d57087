"""Every sentence that readers are told by the bot itself, in English; all else that they see is quoted.

The sentences are looked up in the catalogues of `bot/locale` by `bot.language.Texts`. What stands in braces is
filled in there.
"""

from typing import NamedTuple

from retrieval.types import Emptiness


class Plural(NamedTuple):
    """A sentence for one and a sentence for any other number."""

    one: str
    many: str


def _(message: str) -> str:
    """Mark a sentence for the catalogues."""
    return message


def _n(one: str, many: str) -> Plural:
    """Mark a sentence with a number in it."""
    return Plural(one, many)


ABOUT = _(
    "I answer questions about a collection of news articles. Every answer is quoted from them, "
    "with title and date; I add nothing of my own but days in square brackets."
)
HOLDING = _("I hold {articles}.")
HELP_WORDS = _(
    "Ask in the language that the articles are written in. Quotes look for exact words, -word leaves a word out, "
    "title:word looks into titles, after:2019-04 and before:2020 limit the time, and “latest” puts the newest first."
)
HELP_TALK = _(
    "Reply to an answer to go on from it, or edit your question to change it. /settings sets language and length."
)
HELP_PRIVACY = _("/privacy says what I keep about you.")
WHOAMI = _("Your Telegram user id: {id}")
EXAMPLES = _("Type a question, for example:")
ASK_USAGE = _("What would you like to know? Write the question too.")
ASK_USAGE_EXAMPLE = _("What would you like to know? Write the question too, for example:")
NOT_TEXT = _("I can only read text. Type a question about the articles.")
UNKNOWN_COMMAND = _("I don't know that command. Type a question, or /help.")
FAILED = _(
    "Something went wrong on my side and I could not answer. The operator can see it in the log."
)
MISSED_WHILE_AWAY = _(
    "I was away and did not answer what you wrote meanwhile. If you still want to know, please ask again."
)
TOO_MANY = _("That was a lot of questions at once. I will answer again at {when}.")
TOO_MANY_PRESSES = _("That was a lot of questions at once. Please wait a little.")

ARTICLES_OF = _n("one article, of {day}", "{count} articles, all of {day}")
ARTICLES_FROM = _n(
    "{count} article, from {first} to {last}", "{count} articles, from {first} to {last}"
)

WEAK = _("No clear answer in the articles. The nearest passages:")
NOTHING = _("The articles hold no answer to this.")
EMPTY_QUESTION = _(
    "There is no word in this that I could look up. Type a question about the articles."
)
NOTHING_THEN = _("There is no article of that time.")
NO_SUCH_PASSAGE = _("No passage meets all that was asked of it.")
NOT_FOUND = _("Not found in any article: {words}")
NOT_HERE = _("Not found in these passages: {words}")
TRY_FEWER = _("Try fewer conditions: dates, quotes, title: and -words.")
TRY_OTHER = _("Try other words, or fewer: names and places work best.")
WHY_NOTHING = {
    Emptiness.NO_WORD: EMPTY_QUESTION,
    Emptiness.NO_ARTICLE: NOTHING_THEN,
    Emptiness.CONDITIONS: NO_SUCH_PASSAGE,
    Emptiness.NOT_HELD: NOTHING,
}

SHOWING_RESULTS_FOR = _("Showing results for: {question}")
QUESTION_WAS = _("Question: {question}")
FOLLOWING = _("Understood together with: {question}")
ONLY_OF = _("Only articles of {days}.")
ONLY_FROM = _("Only articles from {day} on.")
ONLY_UP_TO = _("Only articles up to {day}.")
HOW_TO_DROP = _("Add dates:any to search all.")
NOTHING_BETTER_OF = _("Nothing better was found in articles of {days}, so these are of any date.")
NOTHING_BETTER_FROM = _(
    "Nothing better was found in articles from {day} on, so these are of any date."
)
NOTHING_BETTER_UP_TO = _(
    "Nothing better was found in articles up to {day}, so these are of any date."
)
NOT_FOLLOWED = _("Dates that could not be followed: {limits}")
ALSO_IN = _("also in {articles}")
AND_MORE = _n("and {count} more", "and {count} more")
NEWEST_FIRST = _("Newest first.")

MORE = _("More")
BACK = _("Back")
SORT_NEWEST = _("Newest first")
SORT_BEST = _("Best first")
READ = _("Read")
READ_NUMBER = _("Read {number}")
ASK_IN_PRIVATE = _("No answer here. Ask me in private")
NEAREST_IN_PRIVATE = _("Only the nearest passages. Ask me in private")

QUESTION_GONE = _("The question is gone, so I can't go on from here. Please ask again.")
ANSWER_TOO_OLD = _("This answer is too old for that. Please ask again.")
BUTTON_UNKNOWN = _("I don't understand this button any more. Please ask again.")
ARTICLES_CHANGED = _(
    "The articles have changed in the meantime, so this starts from the beginning."
)
ARTICLE_GONE = _("This article is no longer there.")
THANKS = _("Thank you. Noted.")
COUNTED_ALREADY = _("Your vote has already been counted.")

SETTINGS_PRIVATE = _("Your settings")
SETTINGS_CHAT = _("Settings of this chat")
SETTINGS_MENTIONS = _("I reply to: {choice}")
MENTIONS_YES = _("commands, mentions, replies")
MENTIONS_NO = _("commands only")
SETTINGS_EXCERPTS = _("Excerpts in an answer: {count}")
SETTINGS_LANGUAGE = _("Language: {language}")
LANGUAGE_OF_READER = _("as set in Telegram")
ADMINS_ONLY = _("Only this chat's admins can change its settings.")
SAVED = _("Saved.")

PRIVACY_KEPT = _(
    "About you I keep your settings, your votes on answers and, for a while, which message of mine answers which of "
    "yours, so that an edited question gets its answer edited. A hash stands in the place of who you are."
)
PRIVACY_QUESTIONS = _n(
    "So that the articles can be improved, questions that I found nothing for are kept for {count} day, but "
    "not who asked, and so are the questions of answers that you vote on, with your vote.",
    "So that the articles can be improved, questions that I found nothing for are kept for {count} days, but "
    "not who asked, and so are the questions of answers that you vote on, with your vote.",
)
PRIVACY_QUESTIONS_ALWAYS = _(
    "So that the articles can be improved, questions that I found nothing for are kept, but not who asked, and "
    "so are the questions of answers that you vote on, with your vote."
)
PRIVACY_NO_QUESTIONS = _("Your questions are not kept.")
PRIVACY_FORGET = _("/forget shows how much I keep about you, and removes it.")
HELD_TITLE = _("What I keep about you")
HELD_SETTINGS = _("your settings")
HELD_VOTES = _n("{count} vote on an answer", "{count} votes on answers")
HELD_ANSWERS = _n(
    "the link from {count} question of yours to its answer",
    "the links from {count} questions of yours to their answers",
)
HELD_NOTHING = _("I keep nothing about you.")
FORGET_EFFECT = _(
    "If you remove this, your settings are as in the beginning, your votes no longer count, and a question "
    "that you edit gets a new answer. This can't be undone."
)
FORGET_BUTTON = _("Remove all of it")
FORGOTTEN = _n("Removed: {count} entry about you.", "Removed: {count} entries about you.")

MISSES_NONE = _("Every question found something, and no answer was voted unhelpful.")
MISSES_TITLE = _("Not found or not helpful, the most frequent first")
MISSES_LINE = _("{question} (not found: {missed}, unhelpful: {unhelpful})")
MISSES_TOTALS = _("Votes: {up} helpful, {down} unhelpful")

RELOADING = _("Reading the articles …")
RELOADING_AT = _n("Reading the articles … {count}", "Reading the articles … {count}")
RELOADED = _("The articles have been read again.")
RELOADED_SAME = _("The articles have been read again; nothing has changed.")
RELOADED_CHANGES = _("Added: {added}, changed: {changed}, removed: {removed}")
RELOADED_SECONDS = _("Seconds: {seconds}")
RELOAD_REFUSED = _n("{count} file or line can't be used:", "{count} files or lines can't be used:")
RELOAD_FAILED = _("The articles stay as they are: {reason}")
RELOAD_RUNNING = _("The articles are being read again already, since {when}.")
SETTINGS_APPLIED = _("Settings changed: {names}")
SETTINGS_WAITING = _("Settings that take effect at the next start: {names}")
SETTINGS_WRONG = _("The settings stay as they are: {reason}")
NOT_YOURS = _("Only the bot's admins can do that.")
NOT_YOUR_WORD = _(
    "Please write the command yourself; this one was forwarded, or came through another bot. To add a forwarded file, "
    "reply to it with /add."
)
WHO_ARE_YOU = _("I can't tell who you are here. Please write to me in our private chat.")
IN_PRIVATE_ONLY = _("Please do this in our private chat.")

ADD_USAGE = _(
    "Send me a file, or several together, with the caption /add, or reply to a file with /add. After /add you "
    "may give the file a name."
)
ADD_HINT = _("To add this file to the articles, reply to it with /add.")
ADDED = _n("{count} file was added.", "{count} files were added.")
ADDED_NONE = _("No file was added.")
ADDED_FILE = _n("{file}: {count} article", "{file}: {count} articles")
ADD_REFUSED = _("{file}: {reason}")
ADD_REPLACES = _("To replace the file that is there, reply to the new one with /add replace.")
ADD_TOO_LARGE = _("it is {size} MB, and Telegram hands me files of up to {limit} MB")
ADD_TOO_LONG = _("it is {size} MB, and a file with one article may be up to {limit} MB")
ADD_ONE_NAME = _("a name can be given to one file only, and these are several")
ADD_NOT_FETCHED = _("it could not be fetched from Telegram; please send it again")
ADD_NOT_KEPT = _("it could not be kept to be checked ({reason})")
UNDO_HOW = _("/undo takes this back.")

REMOVE_USAGE = _("Which article? Write its ID too, as /articles shows it: /remove ID")
REMOVE_UNKNOWN = _("There is no article with this ID. /articles shows those there are.")
REMOVE_NOT_ON_DISK = _(
    "This article is not in its folder any more. /reload reads the folder again."
)
REMOVE_ASK = _("Remove this article?")
REMOVE_FILE = _("File: {file}")
REMOVE_YES = _("Remove")
REMOVE_NO = _("Keep")
REMOVE_KEPT = _("The article stays.")
REMOVED = _("The article was removed.")
REMOVE_CHANGED = _("This article is gone, or was changed meanwhile. Nothing was removed.")

UNDOING = _("Undoing the last change …")
UNDO_FAILED = _("The last change could not be undone: {reason}")
UNDO_NOTHING = _("There is nothing to undo.")
UNDONE = _("The last change was undone.")
UNDO_SKIPPED = _("The last change stays, and /undo now undoes the one before.")
UNDONE_ADD = _("{file} was removed again.")
UNDONE_REPLACE = _("{file} is as it was before.")
UNDONE_REMOVE = _("Back in {file}: {title}")
UNDONE_UNREAD = _("But the articles could not be read again: {reason}")

ARTICLE_ID = _("ID: {id}")
ARTICLES_PLACE = _("{first}–{last} of {count}")
ARTICLES_NEWER = _("Newer")
ARTICLES_OLDER = _("Older")

WATCH_FAILED = _(
    "The folder of articles has changed, and the articles could not be read again: {reason}\n/reload tries "
    "again; /reload force does so even if most articles would disappear."
)

MISSES_FILE = _("/misses file sends all these questions as a table.")

STATUS_LOADED = _("Articles read: {when} ({cause})")
STATUS_NOT_LOADED = _("The last reload failed: {when} ({cause}): {reason}")
STATUS_SIZE = _("Size on disk: {megabytes} MB")
STATUS_UPTIME = _("Running for: {time}")
STATUS_PASSAGES = _("Passages: {count}")
STATUS_INDEX = _("Index: {index}, generation {generation}")
STATUS_TODAY = _("Questions today: {count}, answered: {share}")
STATUS_TIMES = _("Milliseconds to find an answer: {median} (median), {slowest} (slowest)")
STATUS_MEMORY = _("Memory: {megabytes} MB at most")
STATUS_ERRORS = _("The last errors:")

AUDIT_TITLE = _("Admin log, the latest first")
AUDIT_EMPTY = _("The admin log is empty.")
AUDIT_DONE = _("done")
AUDIT_REFUSED = _("refused")
AUDIT_FAILED = _("failed")
AUDIT_NOTHING = _("changed nothing")

COMMAND_AUDIT = _("What admins did, and others tried")
COMMAND_STATUS = _("How the bot is doing")
COMMAND_RELOAD = _("Read the articles again")
COMMAND_ADD = _("Add files to the articles")
COMMAND_REMOVE = _("Remove an article")
COMMAND_UNDO = _("Undo the last change")
COMMAND_ARTICLES = _("List the articles")
COMMAND_ASK = _("Ask the articles a question")
COMMAND_HELP = _("What this bot does")
COMMAND_SETTINGS = _("Language and length of answers")
COMMAND_CHAT_SETTINGS = _("What I reply to in this chat, and how")
COMMAND_MISSES = _("What was not found, or unhelpful")
