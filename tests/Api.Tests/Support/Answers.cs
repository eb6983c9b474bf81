using System.Text;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Api.Tests.Support;

/// <summary>Answers tests write.</summary>
internal static class Answers
{
    public const string Space = """{"data":{"id":"us_sp_1","name":"One","createdAt":"2023-10-30T20:04:28.556Z","updatedAt":"2023-10-30T20:04:28.556Z"}}""";

    public static Task JsonAsync(this HttpContext context, string json, int status = 200) => context.TextAsync(json, "application/json", status);

    public static async Task TextAsync(this HttpContext context, string text, string type, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    public static async Task<byte[]> BodyAsync(this HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
