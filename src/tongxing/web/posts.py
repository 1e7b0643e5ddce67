"""What a post is called. The package that knows posts says how; the frame only asks."""

from collections.abc import Callable

from tongxing.kernel.actors import Actor

Describe = Callable[[Actor], str]
_describe: list[Describe] = []


def describe_with(function: Describe) -> Describe:
    """Let `function` put an actor's post into the words of the active language."""
    _describe[:] = [function]
    return function


def describe(actor: Actor) -> str:
    return _describe[0](actor) if _describe else actor.role
