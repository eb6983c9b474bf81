using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Jobs;

/// <summary>A run may not change anything any more: 409.</summary>
/// <param name="word">One of the words of <see cref="Flatfile.Api.RunFenceHeader"/>, for the header of the answer.</param>
/// <param name="message">What is wrong.</param>
internal sealed class FenceRefusal(string word, string message) : ApiRefusal(409, new ApiFault(Flatfile.Api.RunFenceHeader.Name, message))
{
    /// <summary>Why, for machines.</summary>
    public string Word { get; } = word;
}
