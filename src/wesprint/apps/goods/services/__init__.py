"""What may happen to goods. Every verb is a command: one transaction, with the ledger's events,
recognised when it comes again."""

from wesprint.apps.goods.services.ageing import age_item, end_ageing_rule, set_ageing_rule
from wesprint.apps.goods.services.appointments import (
    book,
    cancel_appointment,
    close_slot,
    free_appointments,
    open_slot,
)
from wesprint.apps.goods.services.batches import (
    add_tag,
    close_tag,
    join_batch,
    sell_part,
    split_batch,
)
from wesprint.apps.goods.services.bulk import take_in_many
from wesprint.apps.goods.services.clearances import (
    choose_lines,
    offer_household,
    pass_on_rest,
    set_diversion_rate,
)
from wesprint.apps.goods.services.consigned import give_back, pass_to_house
from wesprint.apps.goods.services.deliveries import (
    settle_delivery,
    wish_delivery,
    withdraw_delivery,
)
from wesprint.apps.goods.services.gates import add_gate, end_gate, record_product_data
from wesprint.apps.goods.services.hand_over import hand_over, take_back_hand_over
from wesprint.apps.goods.services.house import (
    declare_full,
    declare_room_again,
    set_daily_capacity,
    set_house_rule,
    set_house_rules,
)
from wesprint.apps.goods.services.intake import (
    correct_weight,
    describe_item,
    start_intake,
    take_in,
    withdraw_item,
)
from wesprint.apps.goods.services.labels import note_labels
from wesprint.apps.goods.services.lost import declare_found, declare_lost
from wesprint.apps.goods.services.offers import (
    accept_offer,
    answer,
    ask_back,
    decline_offer,
    offer_by_telephone,
    offer_goods,
    offer_instead,
    withdraw_offer,
)
from wesprint.apps.goods.services.outflows import add_recipient, send_load, take_back_load
from wesprint.apps.goods.services.places import add_place, check_here, close_place, move_items
from wesprint.apps.goods.services.reservations import (
    cancel_reservation,
    close_wishes,
    release_expired,
    reserve,
)
from wesprint.apps.goods.services.searches import (
    confirm_search,
    end_search,
    end_searches,
    forget_unanswered_searches,
    save_search,
    write_search_letters,
)
from wesprint.apps.goods.services.selling import put_up_for_sale, set_price, take_off_sale
from wesprint.apps.goods.services.social import SocialTerms, end_social_rule, set_social_rule
from wesprint.apps.goods.services.stocktake import (
    begin_stocktake,
    cancel_stocktake,
    count_item,
    finish_stocktake,
    uncount_item,
)
from wesprint.apps.goods.services.strangers import forget_origins
from wesprint.apps.goods.services.testing import record_test
from wesprint.apps.goods.services.waiting import (
    close_waiting_lists,
    join_waiting_list,
    leave_waiting_list,
    note_call,
)
from wesprint.apps.goods.services.waste import change_to_waste, dispose, take_out_of_cage
from wesprint.apps.goods.services.workshop import (
    back_from_workshop,
    buy_supply,
    consume_in_workshop,
    empty_fraction,
    leave_workshop,
    lose_in_workshop,
    make_item,
    send_to_workshop,
    to_fraction,
    use_supply,
)

__all__ = [
    "SocialTerms",
    "accept_offer",
    "add_gate",
    "add_place",
    "add_recipient",
    "add_tag",
    "age_item",
    "answer",
    "ask_back",
    "back_from_workshop",
    "begin_stocktake",
    "book",
    "buy_supply",
    "cancel_appointment",
    "cancel_reservation",
    "cancel_stocktake",
    "change_to_waste",
    "check_here",
    "choose_lines",
    "close_place",
    "close_slot",
    "close_tag",
    "close_waiting_lists",
    "close_wishes",
    "confirm_search",
    "consume_in_workshop",
    "correct_weight",
    "count_item",
    "declare_found",
    "declare_full",
    "declare_lost",
    "declare_room_again",
    "decline_offer",
    "describe_item",
    "dispose",
    "empty_fraction",
    "end_ageing_rule",
    "end_gate",
    "end_search",
    "end_searches",
    "end_social_rule",
    "finish_stocktake",
    "forget_origins",
    "forget_unanswered_searches",
    "free_appointments",
    "give_back",
    "hand_over",
    "join_batch",
    "join_waiting_list",
    "leave_waiting_list",
    "leave_workshop",
    "lose_in_workshop",
    "make_item",
    "move_items",
    "note_call",
    "note_labels",
    "offer_by_telephone",
    "offer_goods",
    "offer_household",
    "offer_instead",
    "open_slot",
    "pass_on_rest",
    "pass_to_house",
    "put_up_for_sale",
    "record_product_data",
    "record_test",
    "release_expired",
    "reserve",
    "save_search",
    "sell_part",
    "send_load",
    "send_to_workshop",
    "set_ageing_rule",
    "set_daily_capacity",
    "set_diversion_rate",
    "set_house_rule",
    "set_house_rules",
    "set_price",
    "set_social_rule",
    "settle_delivery",
    "split_batch",
    "start_intake",
    "take_back_hand_over",
    "take_back_load",
    "take_in",
    "take_in_many",
    "take_off_sale",
    "take_out_of_cage",
    "to_fraction",
    "uncount_item",
    "use_supply",
    "wish_delivery",
    "withdraw_delivery",
    "withdraw_item",
    "withdraw_offer",
    "write_search_letters",
]
