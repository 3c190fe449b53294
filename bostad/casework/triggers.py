"""The routine as the database holds it: what no page, shell, import or SQL can get round."""

from collections.abc import Sequence

import pgtrigger

GUARD = """
IF TG_OP = 'INSERT' THEN
    IF NEW.state <> '' THEN
        RAISE EXCEPTION 'bostad: a case is opened by a step, not with state %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END IF;
IF NEW.kind <> OLD.kind OR NEW.number <> OLD.number THEN
    RAISE EXCEPTION 'bostad: kind and number of a case never change' USING ERRCODE = 'check_violation';
END IF;
IF NEW.opened_on <> OLD.opened_on OR (OLD.confidentiality = 'restricted' AND NEW.confidentiality <> 'restricted') THEN
    RAISE EXCEPTION 'bostad: % keeps its first day, and once closed to others it stays so', NEW.number
        USING ERRCODE = 'check_violation';
END IF;
IF NEW.state = OLD.state THEN
    RETURN NEW;
END IF;
IF NOT EXISTS (SELECT 1 FROM casework_transition t
               WHERE t.kind = NEW.kind AND t.source = OLD.state AND t.target = NEW.state) THEN
    RAISE EXCEPTION 'bostad: % may not go from "%" to "%"', NEW.kind, OLD.state, NEW.state
        USING ERRCODE = 'check_violation';
END IF;
IF NOT EXISTS (SELECT 1 FROM casework_steplog l
               WHERE l.case_id = NEW.id AND l.source = OLD.state AND l.target = NEW.state
                 AND l.xid = pg_current_xact_id()::text::bigint) THEN
    RAISE EXCEPTION 'bostad: % changes state only through a step', NEW.number USING ERRCODE = 'check_violation';
END IF;
IF (NEW.closed_on IS NULL) IS DISTINCT FROM
   (SELECT s.is_open FROM casework_casestate s WHERE s.kind = NEW.kind AND s.state = NEW.state) THEN
    RAISE EXCEPTION 'bostad: % has a closing day when it is closed, and only then', NEW.number
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

guard_state = pgtrigger.Trigger(
    name="guard_state", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=GUARD
)

opened_by_a_step = pgtrigger.Trigger(
    name="opened_by_a_step",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    IF (SELECT state FROM casework_case WHERE id = NEW.id) = '' THEN
        RAISE EXCEPTION 'bostad: % was never opened by a step', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
    """,
)

stamp_transaction = pgtrigger.Trigger(
    name="stamp_transaction",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="NEW.xid = pg_current_xact_id()::text::bigint; RETURN NEW;",
)


drawn_by_the_code = pgtrigger.Trigger(
    name="drawn_by_the_code",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
    IF current_setting('bostad.equalising', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'bostad: the graph is drawn by the code alone' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
    """,
)


def by_a_step(
    case_id: str,
    operation: pgtrigger.Operation,
    *,
    unless: str = "FALSE",
    when_changed: Sequence[str] = (),
) -> pgtrigger.Trigger:
    """On a part of a case: what is done to it is done in a step of that case, in the same transaction.

    `case_id` (an id, or ANY of a query) and `unless` are SQL over NEW. Asked at commit, since a step writes its log
    when it is left; of an update with `when_changed` only where one of these columns has another value than before.
    """
    return pgtrigger.Trigger(
        name="by_a_step",
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        condition=_changes(when_changed) if when_changed else None,
        func=f"""
        IF {unless} OR EXISTS (SELECT 1 FROM casework_steplog l
                               WHERE l.case_id = {case_id} AND l.xid = pg_current_xact_id()::text::bigint) THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'bostad: % changes only through a step', TG_TABLE_NAME USING ERRCODE = 'check_violation';
        """,
    )


def part_by_a_step(case_id: str) -> pgtrigger.Trigger:
    """On a part that nothing but a step ever touches. `case_id` is its column, or SQL over ROW for the row's own."""
    column = case_id if "ROW." in case_id else f"ROW.{case_id}"
    new, old = column.replace("ROW.", "NEW."), column.replace("ROW.", "OLD.")
    return by_a_step(
        f"(CASE TG_OP WHEN 'DELETE' THEN {old} ELSE {new} END)",
        pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    )


def final_when(filled: str, columns: Sequence[str]) -> pgtrigger.Trigger:
    """From the moment on that the column `filled` has a value these columns change no more, whoever asks."""
    return final(f"final_when_{filled}", f"OLD.{filled} IS NOT NULL", columns)


def final(name: str, once: str, columns: Sequence[str]) -> pgtrigger.Trigger:
    """Where `once` (SQL over OLD) holds these columns change no more, whoever asks."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update, condition=_changes(columns, once))


def _changes(columns: Sequence[str], also: str = "TRUE") -> pgtrigger.Condition:
    before, after = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return pgtrigger.Condition(f"{also} AND ({before}) IS DISTINCT FROM ({after})")


def never_deleted() -> pgtrigger.Trigger:
    """What has been stays: it is ended, met, struck or voided, and goes on being there."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


met_by_facts = pgtrigger.Trigger(
    name="met_by_facts",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=_changes(["status", "met_on"]),
    func="""
    IF current_setting('bostad.planning', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'bostad: a deadline is met or falls away when it is planned anew' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,
)


def child_of_kind(kind: str) -> pgtrigger.Trigger:
    """On a child's table: its parent row has this kind."""
    return pgtrigger.Trigger(
        name="child_of_kind",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("case_ptr_id"),
        func=f"""
        IF (SELECT kind FROM casework_case WHERE id = NEW.case_ptr_id) IS DISTINCT FROM '{kind}' THEN
            RAISE EXCEPTION 'bostad: case % is no {kind}', NEW.case_ptr_id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,
    )
