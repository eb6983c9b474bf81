namespace Flatfile.Agent.Handlers.Validation;

/// <summary>Record hooks that check fields of one sheet: what is wrong becomes an error, the usual form of a right value is offered as a remark.</summary>
public static class ValidateFields
{
    /// <summary>The hook of a sheet.</summary>
    /// <param name="sheetSlug">The sheet's slug; a glob.</param>
    /// <param name="checks">The check of each field, by its key.</param>
    public static RecordHook For(string sheetSlug, IReadOnlyDictionary<string, ValueCheck> checks) => new Hook(sheetSlug, checks);

    // Nested privately, so that the host does not take it for a hook a plugin contributes.
    private sealed class Hook(string sheetSlug, IReadOnlyDictionary<string, ValueCheck> checks) : RecordHook
    {
        public override string SheetSlug => sheetSlug;

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
        {
            foreach (var record in records)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var (field, check) in checks)
                {
                    if (record.GetText(field) is { } text && !string.IsNullOrWhiteSpace(text))
                    {
                        Tell(record, field, check.Check(text));
                    }
                }
            }

            return Task.CompletedTask;
        }

        private static void Tell(FlatfileRecord record, string field, CheckResult result)
        {
            if (result.Problem is { } problem)
            {
                record.AddError(field, problem);
            }
            else if (result.Normalised is { } normalised)
            {
                record.AddInfo(field, $"The usual form is {normalised}.");
            }
        }
    }
}
