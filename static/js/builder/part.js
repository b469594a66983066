// The contents of a sheet that the server makes.

/**
 * Contents for a sheet from the server, or why there are none.
 * @param {string} url
 * @returns {Promise<{html?: string, message?: string}>}
 */
export async function readPart(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? { html: await answer.text() } : await answer.json();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    return { message: "This cannot be shown now. Try again." };
  }
}
