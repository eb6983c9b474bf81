using System.Globalization;
using Flatfile.Agent.Handlers.Rules.Expressions;

namespace Flatfile.Agent.Handlers.Rules;

/// <summary>A condition over the fields of one row. Where it is neither true nor false, because a cell it needs is empty, the row is well.</summary>
internal sealed class ExpressionRule(RuleNode condition, RuleMessage message, TimeProvider time) : SheetRule
{
    public override Task CheckAsync(IReadOnlyList<FlatfileRecord> records, CancellationToken cancellationToken)
    {
        var today = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var record in records)
        {
            if (condition.Value(new RuleRow(record, today)) is false)
            {
                message.WriteOn(record);
            }
        }

        return Task.CompletedTask;
    }
}
