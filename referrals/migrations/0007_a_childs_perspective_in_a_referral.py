"""A child's perspective stands in an assessment or, of a child that comes later, in a referral."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_held_at_every_door'),
        ('people', '0003_swedish_order'),
        ('referrals', '0006_guarantee_ending'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='childanalysis',
            name='one_analysis_per_child',
        ),
        migrations.RenameField('childanalysis', 'assessment', 'case'),
        migrations.RenameField('childanalysisevent', 'assessment', 'case'),
        pgtrigger.migrations.RemoveTrigger(
            model_name='childanalysis',
            name='by_a_step',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='childanalysis',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='childanalysis',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='childanalysis',
            name='delete_delete',
        ),
        migrations.AlterField(
            model_name='childanalysis',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='child_analyses', to='casework.case', verbose_name='ärende'),
        ),
        migrations.AlterField(
            model_name='childanalysisevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case', verbose_name='ärende'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='childanalysis',
            trigger=pgtrigger.compiler.Trigger(name='by_a_step', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n        IF FALSE OR EXISTS (SELECT 1 FROM casework_steplog l\n                               WHERE l.case_id = (CASE TG_OP WHEN 'DELETE' THEN OLD.case_id ELSE NEW.case_id END) AND l.xid = pg_current_xact_id()::text::bigint) THEN\n            RETURN NULL;\n        END IF;\n        RAISE EXCEPTION 'bostad: % changes only through a step', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n        ", hash='16581e50cb650d848aeab89257a4cb22f410f9e7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_by_a_step_b9a36', table='referrals_childanalysis', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='childanalysis',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_childanalysisevent" ("case_id", "child_id", "consequences", "id", "is_at_risk", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_ground", "special_needs", "support_offered", "support_offered_on") SELECT new_values."case_id", new_values."child_id", new_values."consequences", new_values."id", new_values."is_at_risk", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."risk_ground", new_values."special_needs", new_values."support_offered", new_values."support_offered_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ee4ec26de4687520b7b5ac5110fd7226003faede', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f5ba7', referencing='REFERENCING NEW TABLE AS new_values ', table='referrals_childanalysis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='childanalysis',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_childanalysisevent" ("case_id", "child_id", "consequences", "id", "is_at_risk", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_ground", "special_needs", "support_offered", "support_offered_on") SELECT new_values."case_id", new_values."child_id", new_values."consequences", new_values."id", new_values."is_at_risk", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."risk_ground", new_values."special_needs", new_values."support_offered", new_values."support_offered_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='53200c118f0c3b7a200ae9b1702f1f3b826e4784', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_52b1f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='referrals_childanalysis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='childanalysis',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_childanalysisevent" ("case_id", "child_id", "consequences", "id", "is_at_risk", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_ground", "special_needs", "support_offered", "support_offered_on") SELECT old_values."case_id", old_values."child_id", old_values."consequences", old_values."id", old_values."is_at_risk", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."risk_ground", old_values."special_needs", old_values."support_offered", old_values."support_offered_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='53ebcad86a5cab41d21a386e79ce89b48c1d7be9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_65053', referencing='REFERENCING OLD TABLE AS old_values ', table='referrals_childanalysis', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='childanalysis',
            constraint=models.UniqueConstraint(fields=('case', 'child'), name='one_analysis_per_child'),
        ),
    ]
