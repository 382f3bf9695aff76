using System.Net.Sockets;
using System.Text;

namespace Dashboard.Browser.Tests;

/// <summary>A list of very many rows, and how long a person waits at it: milliseconds, by the page's own clock.</summary>
internal static class LongList
{
    /// <summary>Stores retained messages, <c>plant/0/0</c> to <c>plant/999/99</c> for 100,000 of them, each with its number as the payload.</summary>
    public static async Task Fill(int port, int count)
    {
        using var client = new TcpClient("127.0.0.1", port);
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[0x10, 16, 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, 4, .. "fill"u8]);
        await stream.ReadExactlyAsync(new byte[4]);
        var packets = new MemoryStream();
        for (var i = 0; i < count; i++)
        {
            var topic = Encoding.ASCII.GetBytes($"plant/{i / 100}/{i % 100}");
            var payload = Encoding.ASCII.GetBytes($"number {i:000000}");
            packets.Write([0x31, (byte)(2 + topic.Length + payload.Length), 0, (byte)topic.Length, .. topic, .. payload]);
        }

        await stream.WriteAsync(packets.GetBuffer().AsMemory(0, (int)packets.Length));
        await stream.WriteAsync((byte[])[0xC0, 0]);
        await stream.ReadExactlyAsync(new byte[2]); // PINGRESP: what was sent before it has been handled
        await stream.WriteAsync((byte[])[0xE0, 0]);
    }

    /// <summary>Jumps to ten places, and waits at each until rows are drawn at three heights.</summary>
    /// <param name="frame">Selects what scrolls.</param>
    /// <param name="row">Selects what only a drawn row is.</param>
    public static Task<double[]> Scroll(IPage page, string frame, string row) => page.EvaluateAsync<double[]>(
        """
        async ([frame, row]) => {
          const list = document.querySelector(frame);
          const frames = () => new Promise(requestAnimationFrame);
          const took = [];
          for (const part of [0.5, 0.1, 0.9, 0.3, 0.7, 0.2, 0.6, 0.4, 0.8, 0]) {
            const begun = performance.now();
            list.scrollTop = list.scrollHeight * part;
            const box = list.getBoundingClientRect();
            const isDrawn = () => [0.3, 0.6, 0.9].every(y => document.elementFromPoint(box.x + 60, box.y + box.height * y)?.closest(row));
            await frames();
            while (!isDrawn()) {
              if (performance.now() - begun > 10000) throw new Error(`Nothing is drawn at ${part}`);
              await frames();
            }
            took.push(performance.now() - begun);
            await new Promise(resolve => setTimeout(resolve, 100));
          }
          return took;
        }
        """,
        new[] { frame, row });

    /// <summary>Types into the page's search box, and waits each time for what only the answer shows.</summary>
    /// <param name="searches">What is typed, and what selects something that is there when it is answered and not before.</param>
    public static Task<double[]> Search(IPage page, params (string Text, string Answer)[] searches) => page.EvaluateAsync<double[]>(
        """
        async searches => {
          const search = document.querySelector('[data-search]');
          const frames = () => new Promise(requestAnimationFrame);
          const took = [];
          for (const [text, answer] of searches) {
            if (document.querySelector(answer)) throw new Error(`${answer} is there before ${text} is typed`);
            const begun = performance.now();
            search.value = text;
            search.dispatchEvent(new Event('input', { bubbles: true }));
            while (!document.querySelector(answer)) {
              if (performance.now() - begun > 10000) throw new Error(`${answer} has not come for ${text}`);
              await frames();
            }
            took.push(performance.now() - begun);
            await new Promise(resolve => setTimeout(resolve, 300));
          }
          return took;
        }
        """,
        searches.Select(search => new[] { search.Text, search.Answer }).ToArray());

    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
