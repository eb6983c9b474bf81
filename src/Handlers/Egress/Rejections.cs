namespace Flatfile.Agent.Handlers.Egress;

/// <summary>What a receiver rejects: <c>{"message", "deleteSubmitted", "sheets": [{"sheetId", "rejectedRecords": [{"id", "values": [{"field", "message"}]}]}]}</c>.</summary>
internal sealed record Rejections
{
    /// <summary>For the person who submitted.</summary>
    public string? Message { get; set; }

    /// <summary>The receiver asks to delete what it accepted.</summary>
    public bool? DeleteSubmitted { get; set; }

    public IReadOnlyList<SheetRejections>? Sheets { get; set; }

    /// <summary>The rejected records of a sheet with their reasons, by id.</summary>
    public Dictionary<string, List<FieldRejection>> Of(string sheetId)
    {
        var all = new Dictionary<string, List<FieldRejection>>(StringComparer.Ordinal);
        foreach (var record in (Sheets ?? []).Where(s => s.SheetId == sheetId).SelectMany(s => s.RejectedRecords ?? []))
        {
            if (record.Id is not { } id)
            {
                continue;
            }

            if (!all.TryGetValue(id, out var reasons))
            {
                all[id] = reasons = [];
            }

            reasons.AddRange(record.Values ?? []);
        }

        return all;
    }

    internal sealed record SheetRejections
    {
        public string? SheetId { get; set; }

        public IReadOnlyList<RecordRejection>? RejectedRecords { get; set; }
    }

    internal sealed record RecordRejection
    {
        public string? Id { get; set; }

        public IReadOnlyList<FieldRejection>? Values { get; set; }
    }

    /// <summary>Why a record is rejected: a reason on one of its fields.</summary>
    internal sealed record FieldRejection
    {
        public string? Field { get; set; }

        public string? Message { get; set; }
    }
}
