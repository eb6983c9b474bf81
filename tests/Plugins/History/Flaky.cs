using Flatfile.Agent;

namespace History;

/// <summary>Gets every second event, and fails on some of them before it succeeds.</summary>
[On("space:*", Filter = """{"pick":"yes"}""")]
[Handler("history/flaky")]
public sealed class Flaky : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) =>
        context.Attempt <= context.Event.Payload.GetProperty("failures").GetInt32()
            ? throw new InvalidOperationException($"Failure {context.Attempt} was asked for.")
            : Oracle.ApplyAsync(context, "history/flaky", cancellationToken);
}
