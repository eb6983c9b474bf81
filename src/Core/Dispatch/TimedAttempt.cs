namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Runs a handler for a limited time, also one that ignores its token.</summary>
internal static class TimedAttempt
{
    /// <summary>How long a handler may take to obey its token before it is left alone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Returns the handler's own end; throws when it took too long or did not obey.</summary>
    /// <param name="body">The handler, off this thread.</param>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt early.</param>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    /// <exception cref="StuckHandlerException">It goes on although it was told to end.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> body, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, time);
        // Not disposed when the handler is left alone: it still holds the token.
        var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var running = Task.Run(() => body(either.Token), CancellationToken.None);
        try
        {
            await running.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Patience, time, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (Exception) when (running.IsCompleted)
        {
            // Looked at below.
        }

        if (!running.IsCompleted)
        {
            throw new StuckHandlerException(late.IsCancellationRequested ? limit : null, running);
        }

        either.Dispose();
        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {limit}.", fault);
        }
    }
}
