namespace Flatfile.Api.Tests.Support;

/// <summary>Keeps the last report.</summary>
internal sealed class LastProgress : IProgress<long>
{
    public long Last { get; private set; }

    public void Report(long value) => Last = value;
}
