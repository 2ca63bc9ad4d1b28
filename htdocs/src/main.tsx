/* Where the page starts. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { loadAhead } from './app/parts';
import { watchReturn } from './shared/api/session';
import { startTheme } from './shared/store/theme';
import './shared/styles/tokens.css';
import './shared/styles/base.css';

startTheme();
watchReturn();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void loadAhead();
