"""Short Dutch articles written for the tests, and small helpers to read archives."""

from annotate.archive.documents import load, parse
from annotate.archive.items import Columns, Item, Limits, Settings
from annotate.archive.walk import Archive
from annotate.article import Article, Failure

TRAIN = "De trein naar Zwolle rijdt niet, zegt ProRail.\n\nReizigers wachten op een bus."
BUDGET = "Wethouder Janna Prins zegt dat de begroting klopt. De raad gelooft haar niet."
HARBOUR = "„Wij sluiten de haven niet”, aldus de burgemeester van Vlissingen."
ALL = (TRAIN, BUDGET, HARBOUR)


def read(*inputs, columns=None, limits=None, exclude=None):
    """What an archive holds: a dictionary of articles by id and one of failures by id."""
    settings = Settings(columns or Columns(), limits or Limits())
    archive = Archive([str(path) for path in inputs], settings, exclude)
    articles, failures = {}, {}
    for entry in archive:
        if isinstance(entry, Item):
            entry = load(entry, settings.limits)
        if isinstance(entry, Item):
            entry = parse(entry, settings.limits)
        assert isinstance(entry, Article | Failure)
        kept = articles if isinstance(entry, Article) else failures
        assert entry.id not in kept
        kept[entry.id] = entry
    return articles, failures, settings


def texts(articles):
    return {name: article.text for name, article in articles.items()}
