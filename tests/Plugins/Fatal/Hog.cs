using Flatfile.Agent;

namespace Fatal;

/// <summary>Takes memory until there is none.</summary>
[OnJob("space:hog")]
public sealed class Hog : IJobHandler
{
    private const int Piece = 8 * 1024 * 1024;

    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var hoard = new List<byte[]>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hoard.Add(new byte[Piece]);
        }
    }
}
