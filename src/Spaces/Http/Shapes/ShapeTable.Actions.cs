namespace Flatfile.Spaces.Http.Shapes;

/// <content>Actions and their forms.</content>
internal static partial class ShapeTable
{
    private const string OfAction =
        "slug?: string; operation?: string; mode?: ActionMode; tooltip?: string; messages?: ActionMessage[]; type?: string; description?: string; "
        + "schedule?: ActionSchedule; primary?: boolean; confirm?: boolean; icon?: string; requireAllValid?: boolean; requireSelection?: boolean; "
        + "inputForm?: InputForm; constraints?: ActionConstraint[]; mount?: ActionMount; guide?: Guide; guardrail?: Guardrail; createdFrom?: id; "
        + "lastPropagatedAt?: datetime; deletedAt?: datetime; invalidConditionalMessaging?: boolean; validRecordsMessage?: string; invalidRecordsMessage?: string";

    private const string Actions =
        $$"""
        Action { label: text; {{OfAction}} }
        ActionUpdate { label?: text; targetId?: id; {{OfAction}} }
        ApiActionConfig { label: text; targetId: id; {{OfAction}} }
        ActionConstraint by type = hasAllValid: ConstraintOfValid | hasSelection: ConstraintPlain | hasData: ConstraintPlain | hasColumnEnabled: ConstraintPlain
        ActionMessage { type: ActionMessageType; content: string }
        ActionMessageType = error | info
        ActionMode = foreground | background | toolbarBlocking
        ActionMount by type = sheet: MountSlugs | workbook: MountSlugs | field: MountKeys | document: ConstraintPlain | file: ConstraintPlain
        ActionSchedule = weekly | daily | hourly
        ConstraintOfValid { ignoreSelection?: boolean }
        ConstraintPlain { type: text }
        Guardrail { content: string }
        Guide { content: string }
        InputConfig { options: InputEnumPropertyOption[] }
        InputConstraint { type: InputConstraintType }
        InputConstraintType = required
        InputEnumPropertyOption { label?: string; description?: string; color?: string; icon?: string; meta?: object; value?: any }
        InputField { key: text; label: string; description?: string; type: text; defaultValue?: any; config?: InputConfig; constraints?: InputConstraint[] }
        InputForm { type: InputFormType; fields: InputField[] }
        InputFormType = simple
        MountKeys { keys?: string[] }
        MountSlugs { slugs?: string[] }
        """;
}
