using System.Text.Json;
using Flatfile.Agent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Core.Tests.Upkeep;

/// <summary>A run whose state outlives the process that died under it.</summary>
internal sealed class StoredContext(string folder, StoredContext.Kept kept, DateTimeOffset slot, Func<string, Task> step) : RecurringContext
{
    public override string Id => "test";

    public override DateTimeOffset Slot => slot;

    public override bool IsAsked => Arguments.Count > 0;

    public override IReadOnlyDictionary<string, string> Arguments => Given;

    public Dictionary<string, string> Given { get; } = [];

    public override int Attempt => 1;

    public override ILogger Logger => NullLogger.Instance;

    public override CancellationToken Stopping => CancellationToken.None;

    public override string Folder => Directory.CreateDirectory(folder).FullName;

    public override Task<T?> LoadStateAsync<T>(CancellationToken cancellationToken)
        where T : default =>
        Task.FromResult(kept.State is null ? default : JsonSerializer.Deserialize<T>(kept.State));

    public override async Task SaveStateAsync<T>(T state, CancellationToken cancellationToken)
    {
        await step("before save");
        kept.State = JsonSerializer.SerializeToUtf8Bytes(state);
        await step("after save");
    }

    /// <summary>What is durable.</summary>
    internal sealed class Kept
    {
        public byte[]? State { get; set; }
    }
}
