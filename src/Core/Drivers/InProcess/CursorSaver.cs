using System.Globalization;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.InProcess;

/// <summary>Saves how far a feed is settled, now and then and once more at the end: a position saved late only brings settled events again.</summary>
internal sealed partial class CursorSaver(IDriverCursors cursors, string driver, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Goes on until the token fires.</summary>
    public async Task SaveAsync(SettledPrefix prefix, long start, CancellationToken cancellationToken)
    {
        var last = start;
        while (true)
        {
            var ending = cancellationToken.IsCancellationRequested;
            var position = prefix.Position;
            if (position > last)
            {
                try
                {
                    await cursors.SaveAsync(driver, position.ToString(CultureInfo.InvariantCulture), CancellationToken.None).ConfigureAwait(false);
                    last = position;
                }
                catch (Exception fault)
                {
                    NotSaved(log, fault, position);
                }
            }

            if (ending)
            {
                return;
            }

            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
