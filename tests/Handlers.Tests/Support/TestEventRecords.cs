using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Rows behind an event, in pages, with what was done to them in order.</summary>
internal sealed class TestEventRecords(params IReadOnlyList<string[]> pages) : IEventRecords
{
    public List<string> Calls { get; } = [];

    public List<FlatfileRecord> Written { get; } = [];

    public bool Available => pages.Count > 0;

    public async IAsyncEnumerable<IReadOnlyList<FlatfileRecord>> ReadPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < pages.Count; i++)
        {
            Calls.Add($"read {i + 1}");
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return [.. pages[i].Select(json => FlatfileRecord.FromJson(JsonDocument.Parse(json).RootElement))];
        }
    }

    public Task<int> UpdateAsync(IReadOnlyList<FlatfileRecord> records, CancellationToken cancellationToken)
    {
        var changed = records.Where(r => r.IsModified).ToList();
        Calls.Add($"update {changed.Count}");
        Written.AddRange(changed);
        return Task.FromResult(changed.Count);
    }

    public Task MarkAsync(IReadOnlyList<FlatfileRecord> records, string message, CancellationToken cancellationToken)
    {
        Calls.Add($"mark {string.Join(',', records.Select(r => r.Id))}: {message}");
        return Task.CompletedTask;
    }

    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        Calls.Add("complete");
        return Task.CompletedTask;
    }
}
