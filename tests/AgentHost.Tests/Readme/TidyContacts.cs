// snippet
using Flatfile.Agent;

namespace Contacts;

/// <summary>Country codes in capitals; an e-mail address has an @.</summary>
public sealed class TidyContacts : RecordHook
{
    public override string SheetSlug => "contacts";

    public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            record.Set("country", record.GetText("country")?.ToUpperInvariant());
            if (record.GetText("email") is { } email && !email.Contains('@'))
            {
                record.AddError("email", $"'{email}' has no @: write the whole address.");
            }
        }

        return Task.CompletedTask;
    }
}
// end
