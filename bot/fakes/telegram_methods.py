"""Every other method: who the bot is, its menus, files, callbacks, chats and the webhook."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.fakes import telegram_sending as sending
from bot.fakes.telegram_spec import JSON, bad, bot_api
from bot.fakes.telegram_state import World
from bot.fakes.telegram_text import utf16

Method = Callable[[World, JSON], Any]

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")
_SCOPES = {
    "default": "BotCommandScopeDefault",
    "all_private_chats": "BotCommandScopeAllPrivateChats",
    "all_group_chats": "BotCommandScopeAllGroupChats",
    "all_chat_administrators": "BotCommandScopeAllChatAdministrators",
    "chat": "BotCommandScopeChat",
    "chat_administrators": "BotCommandScopeChatAdministrators",
    "chat_member": "BotCommandScopeChatMember",
}


def get_me(world: World, _: JSON) -> JSON:
    """Answer getMe."""
    abilities = dict.fromkeys(
        ("can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app"), False
    )
    return {**world.bot, "can_join_groups": True, **abilities}


def answer_callback_query(world: World, params: JSON) -> bool:
    """Answer answerCallbackQuery: once for each press, within its time."""
    if utf16(params.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    press = world.presses.get(params["callback_query_id"])
    if press is None or press.answered:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    press.answered = True
    press.answer = params.get("text") or None
    press.alert = params.get("show_alert", False)
    world.changes.tell()
    return True


def get_file(world: World, params: JSON) -> JSON:
    """Answer getFile."""
    stored = world.files.get(params["file_id"])
    if stored is None:
        raise bad("invalid file_id")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def set_my_commands(world: World, params: JSON) -> bool:
    """Answer setMyCommands."""
    if len(params["commands"]) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in params["commands"]:
        if not _COMMAND.match(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= utf16(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_menu(world, params)] = params["commands"]
    return True


def delete_my_commands(world: World, params: JSON) -> bool:
    """Answer deleteMyCommands."""
    world.commands.pop(_menu(world, params), None)
    return True


def get_my_commands(world: World, params: JSON) -> list[JSON]:
    """Answer getMyCommands."""
    return world.commands.get(_menu(world, params), [])


def get_chat(world: World, params: JSON) -> JSON:
    """Answer getChat."""
    chat = world.reachable(params["chat_id"])
    about = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    if not chat.private:
        about["permissions"] = {"can_send_messages": True}
    return {**world.chat_json(chat), **about}


def leave_chat(world: World, params: JSON) -> bool:
    """Answer leaveChat."""
    chat = world.reachable(params["chat_id"])
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


def get_chat_member(world: World, params: JSON) -> JSON:
    """Answer getChatMember."""
    chat = world.reachable(params["chat_id"])
    user = world.bot if params["user_id"] == world.bot["id"] else world.users.get(params["user_id"])
    if user is None:
        raise bad("invalid user_id specified")
    status = chat.bot_status if user is world.bot else chat.members.get(user["id"], "left")
    return {"user": user, "status": status, **_RIGHTS.get(status, {})}


def _menu(world: World, params: JSON) -> tuple[str, str]:
    language = params.get("language_code", "")
    if language and not _LANGUAGE.match(language):
        raise bad("BOT_COMMAND_LANGUAGE_INVALID" if "commands" in params else "invalid language code specified")
    scope = params.get("scope", {"type": "default"})
    if scope["type"] not in _SCOPES:
        raise bad("unsupported type specified")
    bot_api().check(_SCOPES[scope["type"]], scope, "scope")
    if "chat_id" in scope:
        world.reachable(scope["chat_id"])
    return ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope), language


def _setter(field: str, limit: int) -> Method:
    def answer(world: World, params: JSON) -> bool:
        if utf16(params.get(field, "")) > limit:
            raise bad(f"BOT_{field.upper()}_INVALID")
        world.profile[field, params.get("language_code", "")] = params.get(field, "")
        return True

    return answer


def _getter(field: str) -> Method:
    def answer(world: World, params: JSON) -> JSON:
        fallback = world.bot["first_name"] if field == "name" else ""
        return {field: world.profile.get((field, params.get("language_code", "")), fallback)}

    return answer


_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
_RIGHTS: dict[str, JSON] = {
    "creator": {"is_anonymous": False},
    "administrator": {
        "can_be_edited": False,
        **dict.fromkeys(
            (
                "is_anonymous",
                "can_manage_chat",
                "can_delete_messages",
                "can_manage_video_chats",
                "can_restrict_members",
                "can_promote_members",
                "can_change_info",
                "can_invite_users",
                "can_post_stories",
                "can_edit_stories",
                "can_delete_stories",
            ),
            True,
        ),
    },
    "kicked": {"until_date": 0},
}

METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "editMessageText": sending.edit_message_text,
    "editMessageCaption": sending.edit_message_caption,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "setMessageReaction": sending.set_message_reaction,
    "sendChatAction": sending.send_chat_action,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": _setter("name", 64),
    "setMyDescription": _setter("description", 512),
    "setMyShortDescription": _setter("short_description", 120),
    "getMyName": _getter("name"),
    "getMyDescription": _getter("description"),
    "getMyShortDescription": _getter("short_description"),
    "getChat": get_chat,
    "leaveChat": leave_chat,
    "getChatMember": get_chat_member,
}
