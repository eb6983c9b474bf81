namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Runs a handler for a limited time, also one that ignores its token.</summary>
internal static class TimedAttempt
{
    /// <summary>Returns the handler's own end; throws when it took too long or did not obey.</summary>
    /// <param name="body">The handler, off this thread.</param>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="patience">How long it may take to obey its token before it is left alone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt early.</param>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    /// <exception cref="StuckHandlerException">It goes on although it was told to end.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> body, TimeSpan limit, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        // Not disposed when the handler is left alone: it still holds the token.
        var either = new CancellationTokenSource(limit, time);
        using var early = cancellationToken.UnsafeRegister(static ended => ((CancellationTokenSource)ended!).Cancel(), either);
        var running = Task.Run(() => body(either.Token), CancellationToken.None);
        try
        {
            await running.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(patience, time, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (Exception) when (running.IsCompleted)
        {
            // Looked at below.
        }

        if (!running.IsCompleted)
        {
            throw new StuckHandlerException(cancellationToken.IsCancellationRequested ? null : limit, running);
        }

        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (either.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {limit}.", fault);
        }
        finally
        {
            await early.DisposeAsync().ConfigureAwait(false);
            either.Dispose();
        }
    }
}
